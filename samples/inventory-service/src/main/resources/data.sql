-- Plain SQL that H2 and PostgreSQL both understand; keeps what is already there.
insert into stock (sku, available)
select article.sku, article.available
from (values ('A-100', 500), ('A-200', 20), ('A-300', 0)) as article (sku, available)
where not exists (select 1 from stock where stock.sku = article.sku);
